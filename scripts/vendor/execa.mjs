import { createExeca } from '../../node_modules/execa/lib/methods/create.js';

// The same as the package's own, without its siblings for scripts and for waiting synchronously.
export const execa = createExeca(() => ({}));
