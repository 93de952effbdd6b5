/** What stands below `services:`; JSON is YAML, too. */
export type Services = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function configFile(services: Services, rest: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return { 'devgen.config.yaml': `${JSON.stringify({ name: 'test', services, ...rest }, null, 2)}\n` };
}

/** A service that runs the test server `programs/server.mjs`, which answers with its own name. */
export function server(name: string, port: number, options = ''): { readonly command: string; readonly port: number } {
  return { command: `node programs/server.mjs --name ${name} ${options}`.trim(), port };
}
