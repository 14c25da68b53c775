import type { Glue } from '@aws-sdk/client-glue';
import type { Clients } from '../../aws/clients.ts';
import { orUndefined } from '../../aws/errors.ts';
import type { Place } from '../../aws/names.ts';
import type { KeptKind, KeptModule } from '../kept.ts';
import { MACHINE_TAG } from '../service.ts';

/**
 * Crawlers, jobs and databases that a machine made. They are found by their tag, which they got when they were made.
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_ListCrawlers.html
 */
const crawler: KeptKind = {
  title: 'crawler',
  names: (clients, machine) =>
    pages(async (NextToken) => {
      const page = await (await client(clients)).listCrawlers({ Tags: { [MACHINE_TAG]: machine }, NextToken });
      return { names: page.CrawlerNames, next: page.NextToken };
    }),
  look: async (clients, { place, name }) => {
    const api = await client(clients);
    const found = await orUndefined(api.getCrawler({ Name: name }), GONE);
    if (found === undefined) return undefined;
    const state = found.Crawler?.State;
    return {
      tags: await tagsOf(api, place, `crawler/${name}`),
      ...(state !== 'READY' && state !== undefined && { inUse: `it is ${state.toLowerCase()}` }),
    };
  },
  remove: async (clients, name) => {
    await orUndefined((await client(clients)).deleteCrawler({ Name: name }), GONE);
  },
};

const job: KeptKind = {
  title: 'job',
  names: (clients, machine) =>
    pages(async (NextToken) => {
      const page = await (await client(clients)).listJobs({ Tags: { [MACHINE_TAG]: machine }, NextToken });
      return { names: page.JobNames, next: page.NextToken };
    }),
  look: async (clients, { place, name }) => {
    const api = await client(clients);
    const found = await orUndefined(api.getJob({ JobName: name }), GONE);
    return found === undefined ? undefined : { tags: await tagsOf(api, place, `job/${name}`) };
  },
  remove: async (clients, name) => {
    await orUndefined((await client(clients)).deleteJob({ JobName: name }), GONE);
  },
};

/** A database goes with its tables, if all of them are a crawler's of the same machine: Glue notes in a table which one made it. */
const database: KeptKind = {
  title: 'database',
  // No call lists databases by their tags.
  names: (clients) =>
    pages(async (NextToken) => {
      const page = await (await client(clients)).getDatabases({ NextToken });
      return { names: page.DatabaseList?.map(({ Name }) => Name ?? ''), next: page.NextToken };
    }),
  look: async (clients, { place, machine, name }) => {
    const api = await client(clients);
    if ((await orUndefined(api.getDatabase({ Name: name }), GONE)) === undefined) return undefined;
    const tags = await tagsOf(api, place, `database/${name}`);
    // Of somebody else's nothing more needs to be known.
    if (tags[MACHINE_TAG] !== machine) return { tags };
    const made = new Set(await crawler.names(clients, machine));
    const others: string[] = [];
    await pages(async (NextToken) => {
      const page = await api.getTables({ DatabaseName: name, NextToken });
      for (const { Name, Parameters } of page.TableList ?? [])
        if (!made.has(Parameters?.UPDATED_BY_CRAWLER ?? '')) others.push(Name!);
      return { names: [], next: page.NextToken };
    });
    return {
      tags,
      ...(others.length > 0 && {
        inUse: `it has tables of others: ${others.slice(0, 5).join(', ')}${others.length > 5 ? ' …' : ''}`,
      }),
    };
  },
  remove: async (clients, name) => {
    await orUndefined((await client(clients)).deleteDatabase({ Name: name }), GONE);
  },
};

// A database is judged by the crawlers that made its tables: these go after it.
export const kept: KeptModule['kept'] = [database, crawler, job];

const GONE = 'EntityNotFoundException';
const CLIENT = { package: '@aws-sdk/client-glue', prefix: 'glue', title: 'Glue' };

async function client(clients: Clients): Promise<Glue> {
  return clients.of(CLIENT, async (config) => new (await import('@aws-sdk/client-glue')).Glue(config));
}

async function tagsOf(api: Glue, { partition, region, account }: Place, resource: string) {
  const ResourceArn = `arn:${partition}:glue:${region}:${account}:${resource}`;
  return (await orUndefined(api.getTags({ ResourceArn }), GONE))?.Tags ?? {};
}

interface Page {
  readonly names: readonly string[] | undefined;
  readonly next: string | undefined;
}

async function pages(ask: (token: string | undefined) => Promise<Page>): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const { names = [], next } = await ask(token);
    found.push(...names);
    token = next;
  } while (token !== undefined && token !== '');
  return found;
}
