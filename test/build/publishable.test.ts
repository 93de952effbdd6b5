import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { pack } from './pack.ts';

test('what is published is what its package.json says, and its types are right wherever it can be imported', async () => {
  const archive = readFileSync(await pack(temporaryFolder()));
  const { messages } = await publint({ pack: { tarball: Uint8Array.from(archive).buffer } });
  const checked = await checkPackage(createPackageFromTarballData(archive));
  // It is a module alone: the resolution of before `exports`, and `require`, are not for it.
  const problems = (checked.types === false ? [] : checked.problems).filter(
    (problem) =>
      !('resolutionKind' in problem) || problem.resolutionKind === 'bundler' || problem.resolutionKind === 'node16-esm',
  );

  expect(messages).toEqual([]);
  expect(checked.types).not.toBe(false);
  expect(problems).toEqual([]);
});
