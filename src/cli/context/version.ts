import packageJson from '../../../package.json' with { type: 'json' };

/** The version of devgen that this runtime was built from. */
export const VERSION: string = packageJson.version;
