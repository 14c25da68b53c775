import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import { type Account, type Action, type Engine, ServiceError } from '../../engines/engine.ts';
import { s3Dataset } from '../../engines/lineage/datasets.ts';
import { mayCrawl, mayKeep } from './engine/access.ts';
import { type Crawler, catalogOf, type Database, type Table } from './engine/catalog.ts';
import { CrawlError, crawl } from './engine/crawl.ts';
import { describeCrawler, describeTable, keepTables } from './engine/describe.ts';
import { closeIceberg, databasesOf } from './engine/iceberg.ts';
import { jobActions } from './engine/jobs.ts';
import { catalogDataset } from './engine/lineage.ts';

const refuse = (name: string, message: string) => new ServiceError(`Glue.${name}`, message);
const read = (fields: JsonObject) => new Arguments(fields, 'Glue.InvalidInputException');

export { databasesOf };

/**
 * Glue: a Data Catalog that survives the run, crawlers that infer tables from Parquet files, Spark jobs and Python shell jobs.
 *
 * https://docs.aws.amazon.com/glue/latest/webapi/WebAPI_Operations.html
 */
export function engine(account: Account): Engine {
  const jobs = jobActions(account);
  return {
    actions: { startJobRun: jobs.begin, 'startJobRun.sync': jobs.sync },
    sdkActions: { ...databaseActions(account), ...crawlerActions(account), ...jobs.sdk },
    close: () => closeIceberg(account),
  };
}

function databaseActions(account: Account): Record<string, Action> {
  const { clock } = account;
  const catalog = catalogOf(account);
  const find = async (name: string): Promise<Database> => {
    const database = (await databasesOf(account))[name.toLowerCase()];
    if (database === undefined) throw refuse('EntityNotFoundException', `Database ${name} not found.`);
    return database;
  };
  return {
    createDatabase: async (fields) => {
      const input = read(fields).object('DatabaseInput');
      const name = input.string('Name').toLowerCase();
      if ((await catalog.read()).databases[name] !== undefined)
        throw refuse('AlreadyExistsException', 'Database already exists.');
      const description = input.has('Description') ? { Description: input.string('Description') } : {};
      await catalog.putDatabase({
        Name: name,
        ...description,
        CreateTime: new Date(clock.now()).toISOString(),
        tables: {},
      });
      return {};
    },
    getDatabase: async (fields) => {
      const { tables: _tables, ...database } = await find(read(fields).string('Name'));
      return { Database: database as unknown as Json };
    },
    getTables: async (fields) => {
      const { tables } = await find(read(fields).string('DatabaseName'));
      return { TableList: Object.values(tables).map(describeTable) };
    },
    getTable: async (fields) => {
      const args = read(fields);
      const name = args.string('Name').toLowerCase();
      const table: Table | undefined = (await find(args.string('DatabaseName'))).tables[name];
      if (table === undefined) throw refuse('EntityNotFoundException', `Table ${name} not found.`);
      return { Table: describeTable(table) };
    },
  };
}

function crawlerActions(account: Account): Record<string, Action> {
  const { clock } = account;
  const catalog = catalogOf(account);
  /** When each crawl that is under way began. One that was under way when a process ended is not: the crawler is READY again. */
  const running = new Map<string, number>();
  const find = async (name: string): Promise<Crawler> => {
    const crawler = (await catalog.read()).crawlers[name];
    if (crawler === undefined) throw refuse('EntityNotFoundException', `Crawler with name ${name} does not exist`);
    return crawler;
  };
  const run = async (crawler: Crawler, started: number, call: TaskCall): Promise<void> => {
    const start = new Date(started).toISOString();
    const log = { LogGroup: '/aws-glue/crawlers', LogStream: crawler.Name };
    const db = await account.duck.connect();
    try {
      await mayCrawl(account, crawler, call);
      const found = await crawl(crawler, (uri) => account.lake.path(uri), db);
      const database = (await catalog.read()).databases[crawler.DatabaseName];
      const now = new Date(clock.now()).toISOString();
      mayKeep(account, crawler, found, database, call);
      const kept = keepTables(
        database ?? { Name: crawler.DatabaseName, CreateTime: now, tables: {} },
        crawler,
        found,
        now,
      );
      await catalog.putDatabase(kept);
      account.lineage?.(call)?.reads(
        call,
        found.map(({ location }) => s3Dataset(location)),
      );
      account.lineage?.(call)?.wrote(call, found.flatMap(({ name }) => kept.tables[name] ?? []).map(catalogDataset));
      await catalog.putCrawler({ ...crawler, LastCrawl: { Status: 'SUCCEEDED', StartTime: start, ...log } });
    } catch (error) {
      if (!(error instanceof CrawlError)) throw error;
      await catalog.putCrawler({
        ...crawler,
        LastCrawl: { Status: 'FAILED', StartTime: start, ErrorMessage: error.message, ...log },
      });
    } finally {
      running.delete(crawler.Name);
      db.closeSync();
    }
  };
  return {
    createCrawler: async (fields) => {
      const args = read(fields);
      const name = args.string('Name');
      if ((await catalog.read()).crawlers[name] !== undefined)
        throw refuse('AlreadyExistsException', `Crawler with name ${name} already exists`);
      await catalog.putCrawler(crawlerOf(args, name, new Date(clock.now()).toISOString()));
      return {};
    },
    updateCrawler: async (fields) => {
      const args = read(fields);
      const crawler = await find(args.string('Name'));
      if (running.has(crawler.Name))
        throw refuse('CrawlerRunningException', `Crawler with name ${crawler.Name} is running`);
      const { LastCrawl } = crawler;
      await catalog.putCrawler({
        ...crawlerOf(args, crawler.Name, crawler.CreationTime),
        ...(LastCrawl && { LastCrawl }),
      });
      return {};
    },
    getCrawler: async (fields) => {
      const crawler = await find(read(fields).string('Name'));
      return { Crawler: describeCrawler(crawler, running.get(crawler.Name), clock.now()) };
    },
    startCrawler: async (fields, call) => {
      const crawler = await find(read(fields).string('Name'));
      if (running.has(crawler.Name))
        throw refuse('CrawlerRunningException', `Crawler with name ${crawler.Name} has already started`);
      const started = clock.now();
      running.set(crawler.Name, started);
      void clock.during(() => run(crawler, started, call));
      return {};
    },
  };
}

function crawlerOf(args: Arguments, name: string, now: string): Crawler {
  const targets = args.object('Targets');
  const policy = args.object('SchemaChangePolicy');
  const level = args.has('Configuration') ? tableLevel(args.string('Configuration')) : undefined;
  const paths = targets.list('S3Targets').map((target) => target.string('Path'));
  if (paths.length === 0)
    throw refuse('InvalidInputException', 'On this machine a crawler has S3 targets; this one has none');
  return {
    Name: name,
    Role: args.string('Role'),
    DatabaseName: args.string('DatabaseName').toLowerCase(),
    paths,
    ...(level !== undefined && { tableLevel: level }),
    updateBehavior: policy.has('UpdateBehavior') ? policy.string('UpdateBehavior') : 'UPDATE_IN_DATABASE',
    deleteBehavior: policy.has('DeleteBehavior') ? policy.string('DeleteBehavior') : 'DEPRECATE_IN_DATABASE',
    CreationTime: now,
  };
}

/** @see https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html */
function tableLevel(configuration: string): number | undefined {
  try {
    const parsed = JSON.parse(configuration) as { Grouping?: { TableLevelConfiguration?: number } };
    return parsed.Grouping?.TableLevelConfiguration;
  } catch {
    throw refuse('InvalidInputException', 'Configuration is not JSON');
  }
}
