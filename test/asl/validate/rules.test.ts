import { describe, expect, it } from '@jest/globals';
import { RULES } from '../../../asl/validate/check.ts';
import { validate } from '../../../asl/validate/validate.ts';
import { ASL } from '../../../diagnostics/catalogue.ts';
import { CASES } from './cases.ts';

describe('each rule', () => {
  it.each(CASES)('$name', ({ definition, says, express }) => {
    const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
    const found = validate(text, { express: express === true }).map(({ code, path }) => `${code} ${path}`);
    if (found.length > 100) expect(found.at(0)).toBe(says[0]);
    else expect(found.sort()).toEqual([...says].sort());
  });

  it('has a case for everything that the validator can say', () => {
    // What is said of other texts than JSON: yaml.test.ts; of arguments of the package's functions: test/fuzz; of documents
    // that hold definitions: documents.test.ts.
    const elsewhere = ['ASL006', 'ASL007', 'ASL008', 'ASL098', 'ASL099'].concat(
      [105, 106, 107, 108, 109, 110, 111].map((number) => `ASL${number}`),
    );
    const said = new Set(elsewhere.concat(CASES.flatMap(({ says }) => says.map((one) => one.slice(0, 6)))));
    expect(Object.keys(ASL).filter((code) => !said.has(code))).toEqual([]);
  });

  it('says its purpose in one line', () => {
    for (const { purpose } of RULES) expect(purpose).toMatch(/^[A-Z"].{20,120}\.$/);
  });
});

describe('what a finding says', () => {
  it('names the place within an escaped string', () => {
    const text =
      '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass",\n "Output":"{% \\"a\\u0041\\" + ) %}","End":true}}}';
    const [finding] = validate(text);
    expect(finding).toMatchObject({ code: 'ASL041', line: 2 });
    expect(text.split('\n')[1]![finding!.column - 1]).toBe(')');
  });

  it('marks the key of a field that should not be there, and the value of one that is wrong', () => {
    const text = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Foo":1,"Comment":2}}}';
    expect(validate(text).map(({ column }) => text.slice(column - 1, column + 4))).toEqual(['"Foo"', '2}}}']);
  });

  it('escapes keys in paths', () => {
    const states = { 'a/b~c': { Type: 'Pass', End: true, X: 1 } };
    expect(validate(JSON.stringify({ StartAt: 'a/b~c', States: states }))[0]).toMatchObject({
      path: '/States/a~1b~0c/X',
      line: 1,
      column: 64,
    });
  });

  it('tells which state, which field and what to write, without a word of ajv', () => {
    const definition = {
      StartAt: 'A',
      States: { A: { Type: 'Task', Resorce: 'x', TimeoutSeconds: 1.5, Retry: [{ ErrorEquals: [] }], End: true } },
    };
    const said = validate(JSON.stringify(definition)).map(({ message, remedy }) => `${message} ${remedy}`);
    expect(said).toEqual([
      'The state "A" (Task) has a field "Resorce", which does not exist there. Did you mean "Resource"?',
      'The Resource "x" cannot be called: it is not an ARN. Write an ARN such as arn:aws:states:::lambda:invoke or arn:aws:states:::aws-sdk:glue:getCrawler.',
      'The state "A" (Task): TimeoutSeconds must be a whole number. Write a whole number.',
      'Retry 0 of "A": ErrorEquals must be a list that is not empty. Write a list that is not empty.',
    ]);
  });
});
