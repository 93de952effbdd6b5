/** Ports below are those of production servers, or need rights that developers do not have. */
export const LOWEST_PORT = 1024;
