import { shown } from './checks/shown.ts';
import { refuse } from './fault.ts';
import { VERBATIM } from './token.ts';

/**
 * A text that is meant to hold `{{ … }}`, `{% … %}` or `${…}` as it stands: the service that gets it fills it in (a mail template, a
 * document of Handlebars), and not Airflow, nor Step Functions or dagwright. Without it, what looks like Airflow's Jinja or an expression
 * of Step Functions is refused, and what looks like a template literal in plain quotes, or like a value that JavaScript did not have
 * (`undefined`, `NaN`, `[object Object]`), is warned of.
 *
 * @example
 * ```ts
 * const mail = aws({ service: 'ses', action: 'createTemplate', parameters: { Template: { TemplateName: 'done', SubjectPart: verbatim('{{ params.name }} is done') } } });
 * ```
 */
export function verbatim(text: string): string {
  if (typeof text !== 'string')
    refuse('DAG107', { call: 'verbatim(…)', argument: 'its argument', given: shown(text), wanted: 'a text' });
  // References in it stay as they are.
  return text.replaceAll(
    /\uFDD0[^\uFDD1]*\uFDD1|(\{(?=[{%#])|\$|States(?=\.)|\bu(?=ndefined\b)|\bN(?=aN\b)|\[(?=object \w))/g,
    (all, marked?: string) => (marked === undefined ? all : `${all}${VERBATIM}`),
  );
}
