import { entry } from './diagnostic.ts';

const meant = (suggestion: string | undefined, otherwise: string): string =>
  suggestion === undefined ? otherwise : `Did you mean "${suggestion}"?`;

/** Of a text that becomes JSON or YAML only when a tool has filled it in. */
const templateMessage = (format: string, detail: string, template: string): string =>
  `This is a template and not ${format} yet: ${template} stands outside of quotes (${detail}).`;
const RENDER =
  'Render the template first and check what comes out (Terraform: templatefile(…) in terraform console), ' +
  'or give dagwright validate the document that names it, such as template.yaml or main.tf; ' +
  'where a text is meant, put the placeholder into quotes: "${name}".';

/** ASL001 to ASL019: the text, and the fields that objects have. */
export const ASL_FIELDS = {
  ASL001: entry<{ detail: string; template?: string | undefined }>({
    severity: 'error',
    title: 'The document is not JSON',
    message: ({ detail, template }) =>
      template === undefined ? `This is not a JSON document: ${detail}.` : templateMessage('JSON', detail, template),
    why: 'A state machine is one JSON object (AWS: INVALID_JSON_DESCRIPTION).',
    remedy: ({ template }) => (template === undefined ? 'Mend the JSON at the place named.' : RENDER),
  }),
  ASL002: entry<{ key: string }>({
    severity: 'error',
    title: 'A key stands twice in one object',
    message: ({ key }) => `The key "${key}" stands twice in this object.`,
    why: 'Most readers of JSON keep the last one silently; AWS refuses the definition.',
    remedy: () => 'Rename or remove one of them.',
  }),
  ASL003: entry<{ bytes: number; most: number }>({
    severity: 'error',
    title: 'The definition is too large',
    message: ({ bytes, most }) => `The definition has ${bytes} bytes; Step Functions takes at most ${most}.`,
    why: 'CreateStateMachine refuses a longer definition.',
    remedy: () =>
      'Move large constants to S3, or split the machine and start the parts with states:startExecution.sync:2.',
  }),
  ASL004: entry<{ most: number }>({
    severity: 'warning',
    title: 'There is more',
    message: ({ most }) => `There are more than ${most} findings; the rest is not shown.`,
    why: 'A document with so many is broken throughout.',
    remedy: () => 'Mend these first.',
  }),
  ASL005: entry<{ found: string }>({
    severity: 'error',
    title: 'The document is not a state machine',
    message: ({ found }) => `The document is ${found}, and no object.`,
    why: 'A state machine is an object with StartAt and States (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Write { "StartAt": …, "States": { … } }.',
  }),
  ASL006: entry<{ what: string; machines: readonly string[] }>({
    severity: 'error',
    title: 'The document holds definitions and is none',
    message: ({ what, machines }) =>
      `This is ${what}, not a definition${machines.length === 0 ? '' : `; it has the state machine${machines.length === 1 ? '' : 's'} ${machines.join(', ')}`}.`,
    why: 'A definition is what stands under Definition or DefinitionString, or in the file that DefinitionUri names.',
    remedy: () =>
      'Give the definition itself. The command dagwright validate takes the whole document, and checks each definition in it.',
  }),
  ASL007: entry<{ detail: string }>({
    severity: 'error',
    title: 'The document is not UTF-8',
    message: ({ detail }) => `The document is not UTF-8: ${detail}.`,
    why: 'JSON that is sent is UTF-8.',
    remedy: () => 'Save the file as UTF-8.',
  }),
  ASL008: entry<{ detail: string; template?: string | undefined }>({
    severity: 'error',
    title: 'The document is not YAML',
    message: ({ detail, template }) =>
      template === undefined ? `This is not a YAML document: ${detail}.` : templateMessage('YAML', detail, template),
    why: 'A file whose name ends with .yaml or .yml is read as YAML 1.2.',
    remedy: ({ template }) => (template === undefined ? 'Mend the YAML at the place named.' : RENDER),
  }),
  ASL010: entry<{ what: string; field: string }>({
    severity: 'error',
    title: 'A field is missing',
    message: ({ what, field }) => `${what} has no ${field}.`,
    why: 'The field is required (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: ({ field }) => `Add "${field}".`,
  }),
  ASL011: entry<{ what: string; field: string; suggestion?: string; isThere?: boolean }>({
    severity: 'error',
    title: 'A field does not exist',
    message: ({ what, field }) => `${what} has a field "${field}", which does not exist there.`,
    why: 'AWS refuses fields that it does not know (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ suggestion, isThere }) =>
      isThere === true
        ? `Remove it: there is "${suggestion}" already.`
        : meant(suggestion, 'Remove the field, or move it to where it belongs.'),
  }),
  ASL012: entry<{ what: string; field: string; must: string }>({
    severity: 'error',
    title: 'A field has the wrong value',
    message: ({ what, field, must }) => `${field === '' ? what : `${what}: ${field}`} must be ${must}.`,
    why: 'AWS checks the type and range of each field (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ must }) => `Write ${must}.`,
  }),
  ASL013: entry<{ what: string; fields: readonly string[] }>({
    severity: 'error',
    title: 'Fields exclude each other',
    message: ({ what, fields }) => `${what} has ${fields.join(' and ')}; only one of them may stand there.`,
    why: 'They say the same thing in two ways (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: ({ fields }) => `Keep one of ${fields.join(', ')}.`,
  }),
  ASL014: entry<{ what: string; fields: readonly string[] }>({
    severity: 'error',
    title: 'One of several fields is missing',
    message: ({ what, fields }) => `${what} has none of ${fields.join(', ')}.`,
    why: 'Exactly one of them is required (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: ({ fields }) => `Add one of ${fields.join(', ')}.`,
  }),
  ASL015: entry<{ what: string; type: string; suggestion?: string | undefined }>({
    severity: 'error',
    title: 'The type of state does not exist',
    message: ({ what, type }) => `${what} has the Type ${type}, which is none of ASL's.`,
    why: 'AWS refuses it (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ suggestion }) =>
      meant(suggestion, 'The types are Task, Wait, Pass, Succeed, Fail, Choice, Parallel and Map.'),
  }),
  ASL016: entry<{ value: string; detail: string }>({
    severity: 'error',
    title: 'A timestamp is not RFC 3339',
    message: ({ value, detail }) => `"${value}" is not a timestamp: ${detail}.`,
    why: 'AWS: "String does not match RFC3339 timestamp" (SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Write it as 2026-03-14T01:59:00Z, with a capital T and a capital Z or an offset.',
  }),
  ASL017: entry<{ what: string; heartbeat: number; timeout: number }>({
    severity: 'error',
    title: 'The heartbeat is not shorter than the timeout',
    message: ({ what, heartbeat, timeout }) =>
      `${what}: HeartbeatSeconds (${heartbeat}) must be less than TimeoutSeconds (${timeout}).`,
    why: 'The States Language demands it: a later heartbeat could never fail the task.',
    remedy: () => 'Make HeartbeatSeconds smaller than TimeoutSeconds.',
  }),
};
