import { shown } from './checks/shown.ts';
import { refuse } from './fault.ts';
import { VERBATIM } from './token.ts';

/**
 * A text that is meant to hold `{{ … }}`, `{% … %}` or `${…}` as it stands: the service that gets it fills it in (a mail template, a
 * document of Handlebars), and not Airflow, nor dagwright. Without it, what looks like Airflow's Jinja is refused, and what looks like a
 * template literal in plain quotes is warned of.
 *
 * @example
 * ```ts
 * const mail = aws({ service: 'ses', action: 'createTemplate', parameters: { Template: { TemplateName: 'done', SubjectPart: verbatim('{{ params.name }} is done') } } });
 * ```
 */
export function verbatim(text: string): string {
  if (typeof text !== 'string')
    refuse('DAG107', { call: 'verbatim(…)', argument: 'its argument', given: shown(text), wanted: 'a text' });
  return text.replaceAll(/\{(?=[{%#])|\$(?=\{)/g, `$&${VERBATIM}`);
}
