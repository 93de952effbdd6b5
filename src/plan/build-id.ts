/** Put in by the build script (esbuild `define`): changes whenever the runtime does. */
declare const DEVGEN_BUILD_ID: string | undefined;

/** Which build of the runtime this is; a plan that another one compiled is not trusted. */
export const BUILD_ID: string = typeof DEVGEN_BUILD_ID === 'string' ? DEVGEN_BUILD_ID : 'source';
