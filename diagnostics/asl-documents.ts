import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

const machineOf = (machine: string): string => (machine === '' ? 'The state machine' : `The state machine ${machine}`);

/** ASL105 to ASL111: documents that hold definitions, and what is around these. */
export const ASL_DOCUMENTS = {
  ASL105: entry<{ machine: string; file: string; detail: string }>({
    severity: 'error',
    title: 'The file of a definition cannot be read',
    message: ({ machine, file, detail }) => `${machineOf(machine)} has its definition in ${file}: ${detail}.`,
    why: 'The file is read from the folder of the document that names it, as the tools that deploy it do.',
    remedy: () => 'Mend the path, or add the file.',
  }),
  ASL106: entry<{ machine: string; where: string }>({
    severity: 'warning',
    title: 'A definition is elsewhere and not checked',
    message: ({ machine, where }) => `${machineOf(machine)} is not checked: its definition is ${where}.`,
    why: 'Nothing is fetched and no tool is run to find it.',
    remedy: () =>
      'Give the file of the definition to dagwright validate, or what a tool makes of it: ' +
      'cdk synth, serverless package, terraform show -json, aws stepfunctions describe-state-machine.',
  }),
  ASL107: entry<{ name: string; names: readonly string[] }>({
    severity: 'warning',
    title: 'A placeholder is filled in by nothing',
    message: ({ name }) => `\${${name}} stays as it stands: neither DefinitionSubstitutions nor Fn::Sub fills it in.`,
    why: 'CloudFormation replaces the names in DefinitionSubstitutions and no other; the pseudo parameters (${AWS::Region}) are filled in by Fn::Sub alone.',
    remedy: ({ name, names }) => {
      const plain = name.replace(/^AWS::|\W/g, '');
      return plain === name
        ? `${didYouMean(name, names)}Add it to DefinitionSubstitutions, or put !Sub before the text that it stands in.`
        : `Write \${${plain}}, and add ${plain}: !${name.includes('.') ? 'GetAtt' : 'Ref'} ${name} to DefinitionSubstitutions; or put !Sub before the text that it stands in.`;
    },
  }),
  ASL108: entry<{ machine: string; detail: string; remedy: string }>({
    severity: 'error',
    title: 'A state machine does not say its definition as it should',
    message: ({ machine, detail }) => `${machineOf(machine)}: ${detail}.`,
    why: 'Each tool takes the definition from one field, in the form that the field has.',
    remedy: ({ remedy }) => remedy,
  }),
  ASL109: entry<{ what: string }>({
    severity: 'error',
    title: 'There is no state machine in the document',
    message: ({ what }) => `This is ${what}, and there is no state machine in it.`,
    why: 'Nothing was checked.',
    remedy: () => 'Give a document that has a state machine in it, or the file of a definition.',
  }),
  ASL110: entry<{ machine: string; expression: string }>({
    severity: 'error',
    title: 'A definition is an expression of Terraform',
    message: ({ machine, expression }) =>
      `${machineOf(machine)} is not checked: its definition is ${expression}, which Terraform evaluates.`,
    why: 'Of Terraform code, definitions in jsonencode({…}), in a heredoc and in files (file, templatefile) are read; all else only Terraform can evaluate.',
    remedy: () =>
      'Check what comes out: terraform plan -out p && terraform show -json p > plan.json && dagwright validate plan.json, ' +
      'or of what is deployed aws stepfunctions describe-state-machine. Or keep the definition in a file, with templatefile(…).',
  }),
  ASL111: entry<{ text: string; old: string; now: string }>({
    severity: 'warning',
    title: 'A value means two things in two versions of YAML',
    message: ({ text, old, now }) => `${text} without quotes is ${old} in YAML 1.1 and ${now} in YAML 1.2.`,
    why: 'CloudFormation, SAM and the AWS CLI read YAML 1.1; most editors, the Serverless Framework and dagwright YAML 1.2.',
    remedy: () => 'Put it into quotes where a text is meant; else write true, false, or the number in decimal digits.',
  }),
};
