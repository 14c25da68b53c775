const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';
const SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif';

/** How a drawing looks, by day and by night. */
export const STYLE = `
.page{fill:#fff}
text{font:11px ${SANS};fill:#5f6368}
.dag{font:600 18px ${MONO};fill:#202124}
.id{font:600 13px ${MONO};fill:#202124;text-anchor:middle}
.detail{font:10.5px ${MONO};text-anchor:middle}
.box{fill:#fff;stroke-width:1.8}
.sample{stroke:#5f6368}
.edge{fill:none;stroke:#5f6368;stroke-width:1.4}
.edge.implied{stroke:#c4c7cc;stroke-width:1.1;stroke-dasharray:2 4}
.edge.barrier{stroke:#e8710a;stroke-dasharray:6 4}
.head{fill:#5f6368}
.head.implied{fill:#c4c7cc}
.head.barrier{fill:#e8710a}
.barrier rect{fill:#e8710a}
.group rect{fill:#8892a0;fill-opacity:.08;stroke:#8892a0;stroke-opacity:.5}
.group text{font-weight:600}
@media (prefers-color-scheme:dark){
.page{fill:#0d1117}
text{fill:#9aa4b1}
.dag,.id{fill:#e6edf3}
.box{fill:#161b22}
.edge{stroke:#8b949e}
.edge.implied{stroke:#444c56}
.head{fill:#8b949e}
.head.implied{fill:#444c56}
}
`;

/** A colour for each service, by its place among those that occur. */
const ACCENTS = ['#1a73e8', '#8e44ad', '#188038', '#d93084', '#00838f', '#b06000', '#5c6bc0', '#7cb342'];

export function accentsOf(services: readonly string[]): Map<string, string> {
  return new Map([...new Set(services)].sort().map((service, i) => [service, ACCENTS[i % ACCENTS.length] as string]));
}
