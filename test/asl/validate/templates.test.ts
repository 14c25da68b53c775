import { expect, it } from '@jest/globals';
import { validate } from '../../../asl/validate/validate.ts';
import { validateYaml } from '../../../asl/validate/yaml/validate.ts';

const waiting = (seconds: string): string =>
  `{\n"StartAt": "A",\n"States": { "A": { "Type": "Wait", "Seconds": ${seconds}, "End": true } } }`;
const said = (findings: ReturnType<typeof validate>) =>
  findings.map(({ code, line, message, remedy }) => `${code} ${line} ${message} ${remedy}`);

it.each([
  ['a placeholder', waiting('${n}'), 3, '${n}'],
  ['a call of Terraform', waiting('${jsonencode(x)}'), 3, '${jsonencode(x)}'],
  ['a condition of Terraform', waiting('%{ if x }1%{ else }2%{ endif }'), 3, '%{ if x }'],
  ['Jinja, Go or Handlebars', waiting('{{ n }}'), 3, '{{ n }}'],
  ['a statement of Jinja', `{ {% if x %} ${waiting('1').slice(1)}`, 1, '{% if x %}'],
  ['a loop behind a comma', '{"StartAt": "A",\n{% for s in states %}\n}', 2, '{% for s in states %}'],
  ['ERB', waiting('<%= n %>'), 3, '<%= n %>'],
  ['the shell', waiting('$N'), 3, '$N'],
  ['quotes within a placeholder', '{"StartAt": "${lookup(m, "k")}"}', 1, '${lookup(m, "k")}'],
  ['a document within a condition', '{{- if .Values.on }}\n{}\n{{- end }}', 1, '{{- if .Values.on }}'],
])('a template is told as one: %s', (_, text, line, found) => {
  const [one, ...others] = said(validate(text));
  expect(others).toEqual([]);
  expect(one).toMatch(new RegExp(`^ASL001 ${line} This is a template`));
  expect(one).toContain(found);
  expect(one).toContain('Render the template first');
});

it.each([
  ['a statement of Terraform', 'StartAt: A\n%{ if x }\nStates: {}\n%{ endif }', '%{ if x }'],
  ['Jinja', 'StartAt: A\nStates:\n  A: {Type: Pass, End: true}\nTimeoutSeconds: {{ n }}', '{{ n }}'],
  ['a loop of Go', 'StartAt: A\nStates:\n{{- range .x }}\n  A: {Type: Pass}\n{{- end }}', '{{- range .x }}'],
  ['a placeholder within braces', 'StartAt: A\nStates: {A: {Type: Wait, Seconds: ${n}, End: true}}', '${n}'],
])('a template of YAML is told once: %s', (_, text, found) => {
  const [one, ...others] = said(validateYaml(text));
  expect(others).toEqual([]);
  expect(one).toMatch(/^ASL008 \d This is a template/);
  expect(one).toContain(found);
});

it('quotes within an expression are no template', () => {
  const [one] = said(validate('{"StartAt": "A", "Output": "{% $states.input.a = "x" %}"}'));
  expect(one).toMatch(/This is not a JSON document: .* within an expression write '/);
});

it('what is no definition is told as what it is', () => {
  const of = (text: string) => validate(text).map(({ message }) => message);
  expect(of('  ')).toEqual(['This is not a JSON document: it is empty.']);
  expect(of('"{\\"StartAt\\": \\"A\\"}"')).toEqual(['The document is a text that has JSON in it, and no object.']);
  expect(of('[1]')).toEqual(['The document is a list, and no object.']);
  expect(of('{"stateMachineArn": "arn", "definition": "{}"}')).toEqual([
    'This is a document that has a definition under definition, not a definition.',
  ]);
  expect(validateYaml('# nothing').map(({ message }) => message)).toEqual(['The document is empty, and no object.']);
});
