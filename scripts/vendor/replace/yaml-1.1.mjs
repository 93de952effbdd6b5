// The types that only YAML 1.1 has; a config is YAML 1.2.
export const schema = [];
export const [binary, omap, pairs, set, timestamp, intTime, floatTime] = [];
