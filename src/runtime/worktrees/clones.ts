import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../base/sha256.ts';
import { listOf, object, oneOf, text } from '../../base/shape.ts';
import { findGitCheckout, type GitCheckout, gitCheckoutAt, originUrl } from '../../platform/git-checkout.ts';
import { userRuntimeDirectory } from '../../platform/runtime-directory.ts';
import { readStateFile, writeStateFile } from '../state/state-file.ts';

const shape = object({ schemaVersion: oneOf(1), roots: listOf(text) });

/** Where a repository was cloned from, one name for all addresses of a place; `null`: from nowhere. */
export function originOf(checkout: Pick<GitCheckout, 'config'>): string | null {
  const url = originUrl(checkout) ?? '';
  // As git@host:path, ssh://git@host/path, https://user@host/path.git
  const place = url
    .replace(/^\w+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):/, '$1/')
    .replace(/(?:\.git)?\/*$/, '');
  return place === '' ? null : place;
}

/** Lets other clones from the same place know of the one that holds this folder, linked worktrees apart. */
export function noteClone(root: string): void {
  const checkout = findGitCheckout(root);
  const origin = checkout === undefined || checkout.isLinked ? null : originOf(checkout);
  if (checkout === undefined || origin === null) return;
  const file = fileOf(origin);
  const known = rootsIn(file);
  if (known.includes(checkout.root)) return;
  const roots = [...known.filter((other) => existsSync(other)), checkout.root];
  // Where it cannot be noted others choose without it, and take another port when they start.
  writeStateFile(file, `${JSON.stringify({ schemaVersion: 1, roots })}\n`);
}

/** Other clones from where this checkout comes from, as far as devgen has started something in them since the boot. */
export function otherClones(checkout: GitCheckout): readonly GitCheckout[] {
  const origin = originOf(checkout);
  if (origin === null) return [];
  return rootsIn(fileOf(origin)).flatMap((root) => {
    const other = gitCheckoutAt(root);
    const isOther = other !== undefined && other.shared !== checkout.shared && originOf(other) === origin;
    return isOther ? [other] : [];
  });
}

function rootsIn(file: string): readonly string[] {
  const read = readStateFile(file, shape);
  return read.ok ? read.value.roots : [];
}

function fileOf(origin: string): string {
  return join(userRuntimeDirectory(), 'clones', `${sha256(origin).slice(0, 32)}.json`);
}
