import { callArguments } from './call-arguments.ts';
import { choice } from './choice.ts';
import { credentials } from './credentials.ts';
import { errors } from './errors.ts';
import { exclusiveFields } from './exclusive-fields.ts';
import { express } from './express.ts';
import { jsonata } from './jsonata.ts';
import { map } from './map.ts';
import { mapData } from './map-data.ts';
import { names } from './names.ts';
import { nextOrEnd } from './next-or-end.ts';
import { paths } from './paths.ts';
import { produced } from './produced.ts';
import { queryLanguage } from './query-language.ts';
import { reachability } from './reachability.ts';
import { resource } from './resource.ts';
import type { Rule } from './rule.ts';
import { schema } from './schema.ts';
import { targets } from './targets.ts';
import { taskToken } from './task-token.ts';
import { terminal } from './terminal.ts';
import { timeouts } from './timeouts.ts';
import { timestamps } from './timestamps.ts';
import { variables } from './variables.ts';

/** Every check, in no particular order: none relies on another. */
export const RULES: readonly Rule[] = [
  schema,
  exclusiveFields,
  names,
  targets,
  reachability,
  terminal,
  nextOrEnd,
  queryLanguage,
  jsonata,
  paths,
  produced,
  variables,
  errors,
  timeouts,
  timestamps,
  choice,
  map,
  mapData,
  resource,
  callArguments,
  credentials,
  taskToken,
  express,
];
