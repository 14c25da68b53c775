/** Below this nobody can read the states' names. */
const LEAST = 0.55;

/** The graph as wide as its place, where it is readable so, and else in its own size; larger and smaller by the buttons. */
export function setUpZoom(): void {
  const svg = document.getElementById('graph') as SVGElement | null;
  const canvas = svg?.parentElement;
  if (svg === null || !canvas) return;
  const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name))) as [number, number];
  let scale = 1;
  const apply = (to: number) => {
    scale = Math.min(3, Math.max(0.1, to));
    svg.setAttribute('width', String(Math.round(width * scale)));
    svg.setAttribute('height', String(Math.round(height * scale)));
  };
  const whole = () => Math.min(1, (canvas.clientWidth - 2) / width);
  apply(Math.max(LEAST, whole()));
  document.querySelector('.zoom')?.addEventListener('click', ({ target }) => {
    const what = (target as HTMLElement).dataset.zoom;
    if (what === 'in') apply(scale * 1.25);
    if (what === 'out') apply(scale / 1.25);
    if (what === 'fit') apply(whole());
  });
}
