import { markup, type Html } from './markup';

/** How much of something is used, 1 being all of it; the figure stands beside it. */
export function bar(share: number): Html {
  const width = Math.round(Math.min(1, share) * 1000) / 10;
  const level = share > 1 ? 'risk' : share > 0.8 ? 'look' : 'good';
  return markup`<svg class="bar ${level}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="8" /><rect class="fill" width="${width}" height="8" /></svg>`;
}
