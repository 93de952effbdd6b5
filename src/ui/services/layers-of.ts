import type { EdgeDocument } from '../data/documents.ts';

/**
 * The services in columns, so that each stands left of those it calls as far as they do not call each other. What
 * admits another one is called by it.
 */
export function layersOf(names: readonly string[], edges: readonly EdgeDocument[]): readonly (readonly string[])[] {
  const calls = edges.map(({ from, to, kind }) => (kind === 'admits' ? { from: to, to: from } : { from, to }));
  const depths = new Map<string, number>();
  const depthOf = (name: string, trail: readonly string[]): number => {
    const known = depths.get(name);
    if (known !== undefined || trail.includes(name)) return known ?? 0;
    const callers = calls.filter(({ to, from }) => to === name && from !== name).map(({ from }) => from);
    const depth = Math.max(-1, ...callers.map((caller) => depthOf(caller, [...trail, name]))) + 1;
    if (trail.length === 0) depths.set(name, depth);
    return depth;
  };
  const layers: string[][] = [];
  for (const name of names) {
    const depth = depthOf(name, []);
    layers[depth] = [...(layers[depth] ?? []), name];
  }
  return Array.from(layers, (layer) => layer ?? []).filter(({ length }) => length > 0);
}
