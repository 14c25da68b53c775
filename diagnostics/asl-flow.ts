import { entry } from './diagnostic.ts';

/** ASL020 to ASL039: states, how they follow each other, and what they catch. */
export const ASL_FLOW = {
  ASL020: entry<{ field: string; target: string; elsewhere: boolean; suggestion?: string | undefined }>({
    severity: 'error',
    title: 'The state to go to does not exist',
    message: ({ field, target, elsewhere }) =>
      elsewhere
        ? `${field} names "${target}", which stands in another scope.`
        : `${field} names "${target}", and there is no such state.`,
    why: 'A state goes only to states of its own machine, branch or processor (AWS: MISSING_TRANSITION_TARGET).',
    remedy: ({ suggestion, elsewhere }) =>
      elsewhere
        ? 'End the branch or the processor; what comes after it is the Next of its Parallel or Map.'
        : suggestion === undefined
          ? 'Add the state, or name one that exists.'
          : `Did you mean "${suggestion}"?`,
  }),
  ASL021: entry<{ name: string }>({
    severity: 'error',
    title: 'A state cannot be reached',
    message: ({ name }) => `Nothing leads to the state "${name}".`,
    why: 'AWS refuses states that can never run (MISSING_TRANSITION_TARGET).',
    remedy: () => 'Lead a Next, Default or Catch to it, or remove it.',
  }),
  ASL022: entry<{ what: string }>({
    severity: 'error',
    title: 'There is no state to end with',
    message: ({ what }) => `${what} has no state that ends it.`,
    why: 'It could never end (AWS: MISSING_END_STATE).',
    remedy: () => 'Give a state "End": true, or add a Succeed or Fail.',
  }),
  ASL023: entry<{ name: string }>({
    severity: 'error',
    title: 'A state has both Next and End',
    message: ({ name }) => `The state "${name}" has both Next and End.`,
    why: 'A state either goes on or ends (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Keep one of the two.',
  }),
  ASL024: entry<{ name: string }>({
    severity: 'error',
    title: 'A state has neither Next nor End',
    message: ({ name }) => `The state "${name}" has neither Next nor "End": true.`,
    why: 'A state either goes on or ends (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Add "Next", or "End": true.',
  }),
  ASL025: entry<{ name: string; other: string }>({
    severity: 'error',
    title: 'Two states have one name',
    message: ({ name, other }) => `The name "${name}" is taken by the state at ${other}.`,
    why: 'State names are unique in the whole definition, branches and processors included (AWS: DUPLICATE_STATE_NAME).',
    remedy: () => 'Rename one of them.',
  }),
  ASL026: entry<{ length: number; most: number }>({
    severity: 'error',
    title: 'The name of a state is too long',
    message: ({ length, most }) => `This state's name has ${length} characters; at most ${most} are allowed.`,
    why: 'AWS refuses longer names (INVALID_STATE_NAME).',
    remedy: () => 'Shorten the name; a Comment may say the rest.',
  }),
  ASL027: entry<{ name: string }>({
    severity: 'warning',
    title: '"End": false has no effect',
    message: ({ name }) => `The state "${name}" has "End": false beside Next.`,
    why: 'Only true means something.',
    remedy: () => 'Remove "End".',
  }),
  ASL030: entry<{ list: string }>({
    severity: 'error',
    title: 'States.ALL does not stand alone',
    message: ({ list }) => `This ${list} names States.ALL together with other errors.`,
    why: 'AWS: States.ALL must be alone in its ErrorEquals (SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Leave States.ALL as the only name.',
  }),
  ASL031: entry<{ list: string }>({
    severity: 'error',
    title: 'States.ALL does not stand last',
    message: ({ list }) => `A ${list} with States.ALL stands before others, which can then never match.`,
    why: 'AWS: States.ALL must be in the last one (SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Move it to the end.',
  }),
  ASL032: entry<{ name: string; suggestion?: string | undefined }>({
    severity: 'warning',
    title: 'An error name of Step Functions does not exist',
    message: ({ name }) => `"${name}" begins with "States." and is none of the errors that Step Functions raises.`,
    why: 'Names that begin so are reserved; this one never matches.',
    remedy: ({ suggestion }) => (suggestion === undefined ? 'Check the name.' : `Did you mean "${suggestion}"?`),
  }),
  ASL033: entry<{ name: string }>({
    severity: 'warning',
    title: 'An error cannot be retried or caught',
    message: ({ name }) => `Nothing retries or catches "${name}".`,
    why: 'The execution fails at once when it occurs.',
    remedy: () => 'Remove the name.',
  }),
  ASL034: entry({
    severity: 'error',
    title: 'A choice rule compares nothing',
    message: () => 'This choice rule has no comparison.',
    why: 'A rule has a Variable and one comparison, or And, Or or Not (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Add a comparison, such as "StringEquals".',
  }),
  ASL035: entry<{ operators: readonly string[] }>({
    severity: 'error',
    title: 'A choice rule compares twice',
    message: ({ operators }) => `This choice rule has ${operators.join(' and ')}.`,
    why: 'A rule has exactly one comparison (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Join two rules with And or Or.',
  }),
  ASL036: entry<{ operator: string; must: string }>({
    severity: 'error',
    title: 'A comparison has the wrong kind of value',
    message: ({ operator, must }) => `${operator} compares with ${must}.`,
    why: 'The value must be of the kind that the operator compares (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: ({ must }) => `Write ${must}.`,
  }),
  ASL037: entry<{ field: string }>({
    severity: 'error',
    title: 'A nested choice rule has a field of a top-level one',
    message: ({ field }) => `A rule within And, Or or Not has ${field}.`,
    why: 'Only the outermost rule says where to go and what to assign (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: ({ field }) => `Move ${field} to the outermost rule.`,
  }),
  ASL038: entry<{ operator: string }>({
    severity: 'warning',
    title: 'A Variable stands beside And, Or or Not',
    message: ({ operator }) => `The Variable of this choice rule has no effect beside ${operator}.`,
    why: 'The rules within it have Variables of their own.',
    remedy: () => 'Move the Variable into the rule that compares it.',
  }),
};
