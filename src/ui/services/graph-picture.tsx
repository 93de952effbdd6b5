import type { EdgeDocument, ServiceDocument } from '../data/documents.ts';
import { STATE_TONES } from '../parts/state-mark.tsx';
import { layersOf } from './layers-of.ts';

interface GraphPictureProps {
  readonly services: readonly ServiceDocument[];
  readonly edges: readonly EdgeDocument[];
}

const BOX = { width: 132, height: 34 };
const GAP = { across: 76, down: 16 };

/** Who needs and calls whom, from left to right; nothing where no service knows another one. */
export function GraphPicture({ services, edges }: GraphPictureProps) {
  const known = edges.filter(({ from, to }) =>
    [from, to].every((end) => services.some((each) => each.service === end)),
  );
  if (known.length === 0) return null;
  const layers = layersOf(
    services.map(({ service }) => service),
    known,
  );
  const places = new Map(
    layers.flatMap((names, column) =>
      names.map((name, row) => [
        name,
        { x: column * (BOX.width + GAP.across) + 1, y: row * (BOX.height + GAP.down) + 1 },
      ]),
    ),
  );
  const width = layers.length * (BOX.width + GAP.across) - GAP.across + 2;
  const height = Math.max(...layers.map(({ length }) => length)) * (BOX.height + GAP.down) - GAP.down + 2;
  return (
    <section class="graph" aria-label="Who calls whom">
      <h2>Who calls whom</h2>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={inWords(known)}>
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0L8 4L0 8Z" />
          </marker>
        </defs>
        {known.map(({ from, to, kind }) => {
          const [one, other] = [places.get(from), places.get(to)];
          if (one === undefined || other === undefined) return null;
          return (
            <path
              key={`${from} ${to} ${kind}`}
              class={`edge ${kind}`}
              d={edgeBetween(one, other)}
              marker-end="url(#arrow)"
            />
          );
        })}
        {services.map(({ service, state }) => {
          const place = places.get(service);
          if (place === undefined) return null;
          return (
            <g key={service} class={`node ${STATE_TONES[state]}`} transform={`translate(${place.x} ${place.y})`}>
              <rect width={BOX.width} height={BOX.height} rx="7" />
              <circle cx="15" cy={BOX.height / 2} r="4" />
              <text x="28" y={BOX.height / 2 + 4}>
                {service.length > 14 ? `${service.slice(0, 13)}\u2026` : service}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function edgeBetween(one: Place, other: Place): string {
  const isForward = other.x > one.x;
  const [x1, x2] = isForward ? [one.x + BOX.width, other.x] : [one.x, other.x + BOX.width];
  const [y1, y2] = [one.y + BOX.height / 2, other.y + BOX.height / 2];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function inWords(edges: readonly EdgeDocument[]): string {
  return edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`).join(', ');
}
