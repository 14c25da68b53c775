import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../../asl/json/value.ts';
import type { Account } from '../../../engines/engine.ts';
import { writeJson } from '../../../project/files.ts';
import type { Snapshot } from './iceberg.ts';

export interface Column {
  readonly Name: string;
  /** Hive's name of the type. */
  readonly Type: string;
}

export interface Table {
  readonly Name: string;
  readonly DatabaseName: string;
  /** `s3://bucket/folder/` */
  readonly Location: string;
  readonly Columns: readonly Column[];
  readonly PartitionKeys: readonly Column[];
  readonly CreateTime: string;
  readonly UpdateTime: string;
  readonly Parameters: Readonly<Record<string, string>>;
  /** Of an Iceberg table, which has its files by its snapshot and not by its folder. */
  readonly snapshot?: Snapshot;
}

export interface Database {
  readonly Name: string;
  readonly Description?: string;
  readonly CreateTime: string;
  readonly tables: Readonly<Record<string, Table>>;
}

export interface LastCrawl {
  readonly Status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  readonly StartTime: string;
  readonly ErrorMessage?: string;
  readonly LogGroup: string;
  readonly LogStream: string;
}

export interface Crawler {
  readonly Name: string;
  readonly Role: string;
  readonly DatabaseName: string;
  readonly paths: readonly string[];
  /** The level of the folders that are tables, the bucket being level 1; without it, folders with files are. */
  readonly tableLevel?: number;
  readonly updateBehavior: string;
  readonly deleteBehavior: string;
  readonly CreationTime: string;
  readonly LastCrawl?: LastCrawl;
}

/** A job's definition, in CreateJob's own fields. */
export type Job = { readonly [field: string]: Json };

interface Content {
  readonly databases: Readonly<Record<string, Database>>;
  readonly crawlers: Readonly<Record<string, Crawler>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const EMPTY: Content = { databases: {}, crawlers: {}, jobs: {} };

const CATALOGS = new WeakMap<Account, Catalog>();

/** The Data Catalog of an account: crawlers write it, and queries read it. */
export function catalogOf(account: Account): Catalog {
  const catalog = CATALOGS.get(account) ?? new Catalog(account.root);
  CATALOGS.set(account, catalog);
  return catalog;
}

/** The Data Catalog of this machine: one file, which survives the run and is replaced whole at every change. */
export class Catalog {
  readonly #file: string;
  #content: Promise<Content> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(root: string) {
    this.#file = join(root, 'glue/catalog.json');
  }

  read(): Promise<Content> {
    this.#content ??= readFile(this.#file, 'utf8').then(
      (text) => JSON.parse(text) as Content,
      () => EMPTY,
    );
    return this.#content;
  }

  async putDatabase(database: Database): Promise<void> {
    await this.#change((content) => ({ ...content, databases: { ...content.databases, [database.Name]: database } }));
  }

  async putCrawler(crawler: Crawler): Promise<void> {
    await this.#change((content) => ({ ...content, crawlers: { ...content.crawlers, [crawler.Name]: crawler } }));
  }

  async putJob(name: string, job: Job): Promise<void> {
    await this.#change((content) => ({ ...content, jobs: { ...content.jobs, [name]: job } }));
  }

  /** A change of what is there, whole in memory at once and then on disk. Changes are written in order. */
  async #change(change: (content: Content) => Content): Promise<void> {
    // At once, so that no other change begins from what was there before.
    const next = this.read().then(change);
    this.#content = next;
    this.#writing = this.#writing.then(async () => writeJson(this.#file, await next));
    await this.#writing;
  }
}
