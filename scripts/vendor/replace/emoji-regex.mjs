// Widths are measured of command names and our own words only.
export default () => /(?!)/g;
