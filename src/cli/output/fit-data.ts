import { mapTexts } from '../../base/map-texts.ts';
import type { Document } from '../elsewhere/run-for-documents.ts';

/** One round of cuts: how many characters of a text stay, and how many items of a list. */
type Cut = readonly [characters: number, items: number];

const CUTS: readonly Cut[] = [
  [2000, 100],
  [500, 40],
  [300, 20],
  [200, 12],
  [160, 8],
  [120, 4],
  [80, 2],
  [40, 1],
];

/**
 * The data in at most `mostBytes` of JSON: long texts and lists are cut, which `isCut` tells. Of the lists in `last`
 * the end stays.
 */
export function fitData(data: Document, mostBytes: number, last: readonly string[] = []): Document {
  if (sizeOf(data) <= mostBytes) return data;
  for (const cut of CUTS) {
    const shorter = { ...cutData(data, cut, last), isCut: true };
    if (sizeOf(shorter) <= mostBytes) return shorter;
  }
  return { schemaVersion: 1, isCut: true };
}

function cutData(data: Document, [characters, items]: Cut, last: readonly string[]): Document {
  const texts = mapTexts(data, (text) => (text.length > characters ? `${text.slice(0, characters)}…` : text));
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, cutLists(value, items, last.includes(name) ? 'end' : 'start')]),
  );
}

function cutLists(value: unknown, items: number, kept: 'start' | 'end'): unknown {
  if (Array.isArray(value)) {
    const some = kept === 'end' ? value.slice(-items) : value.slice(0, items);
    return some.map((item) => cutLists(item, items, 'start'));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cutLists(item, items, 'start')]));
}

function sizeOf(data: Document): number {
  return Buffer.byteLength(JSON.stringify(data));
}
