/** `web-app` → `WEB_APP`: what the variables that tell others about a service begin with. */
export function variablePrefix(service: string): string {
  return service.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
