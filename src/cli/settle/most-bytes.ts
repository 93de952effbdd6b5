/** A report shall not fill the memory of the agent that reads it. */
export const MOST_BYTES = 4096;
