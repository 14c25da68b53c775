import { createHash } from 'node:crypto';
import { Html, html, jsonInHtml } from '../svg/html.ts';
import { grouped, ORDER, STATUSES } from '../words.ts';
import type { StateFigures } from './figures.ts';
import type { PageParts } from './page-parts.ts';
import type { RunData } from './run-data.ts';

export interface PageContent {
  readonly title: string;
  readonly summary: Html;
  /** Undefined where the machine is too large to be drawn. */
  readonly graph: Html | undefined;
  readonly gantt: Html;
  readonly figures: ReadonlyMap<string, StateFigures>;
  readonly data: RunData;
}

/** The page around its parts. Its policy allows this script and this style by their hashes, and nothing else: no request, no form. */
export function page(
  { title, summary, graph, gantt, figures, data }: PageContent,
  { script, style }: PageParts,
): string {
  const policy = `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; base-uri 'none'; form-action 'none'`;
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="dagwright">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#details">Skip to the details of the selected state</a>
${summary}
<div class="tools" role="search" hidden>
<label class="search"><span class="hidden">Search states, errors, inputs and outputs</span><input id="search" type="search" placeholder="Search states, errors, data" autocomplete="off" spellcheck="false"></label>
<div class="chips" role="group" aria-label="Show states by how they ended">${chips(figures)}</div>
<output id="found" aria-live="polite"></output>
</div>
<main>
<section class="graph" aria-labelledby="graph-title">
<div class="head"><h2 id="graph-title">States</h2>${graph === undefined ? '' : html`<div class="zoom" role="group" aria-label="Zoom" hidden><button type="button" data-zoom="out" aria-label="Smaller">−</button><button type="button" data-zoom="fit">Fit</button><button type="button" data-zoom="in" aria-label="Larger">+</button></div>`}</div>
${graph === undefined ? html`<p class="notice">The machine has ${grouped(figures.size)} states, too many to be drawn. The search finds those that were reached, in the chart below.</p>` : html`<div class="canvas" tabindex="-1">${graph}</div>`}
${legend()}
</section>
<section class="gantt" aria-labelledby="gantt-title">
<div class="head"><h2 id="gantt-title">Timeline</h2></div>
${gantt}
</section>
<section class="details" id="details" aria-label="Details" tabindex="-1"><p class="notice">Select a state in the graph or in the timeline to see its input, output, attempts and events.</p></section>
</main>
<script type="application/json" id="run">${jsonInHtml(data)}</script>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return text;
}

/** A filter for each way to end that occurs. */
function chips(figures: PageContent['figures']): Html[] {
  return ORDER.flatMap((status) => {
    const states = [...figures.values()].filter((one) => one.status === status || one.counts[status]).length;
    if (states === 0) return [];
    const { word, sign } = STATUSES[status];
    return [
      html`<button type="button" class="chip ${status}" data-status="${status}" aria-pressed="false"><span class="sign ${status}" aria-hidden="true">${sign}</span>${word} <b>${grouped(states)}</b></button>`,
    ];
  });
}

function legend(): Html {
  return html`<p class="legend"><span><svg width="26" height="10" aria-hidden="true"><path class="key taken" d="M1 5H25"/></svg> taken</span><span><svg width="26" height="10" aria-hidden="true"><path class="key catch" d="M1 5H25"/></svg> failure caught</span><span><svg width="26" height="10" aria-hidden="true"><path class="key" d="M1 5H25"/></svg> not taken</span></p>`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
