import { projectRoot } from './project.mjs';

/** How esbuild bundles whatever is built of our own. */
export const bundling = {
  absWorkingDir: projectRoot,
  bundle: true,
  // Of text that is ASCII alone V8 makes strings of half the size, without looking at each character.
  charset: 'ascii',
  legalComments: 'none',
  write: false,
  metafile: true,
  logLevel: 'warning',
  outdir: 'dist',
};
