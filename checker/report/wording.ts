// Numbers, times and sizes as people read them; the same on every machine and in every locale.

/** 1,234,567 */
export const count = (value: number): string =>
  String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ",");

/** "1 state", "1,204 states" */
export const counted = (value: number, singular: string, plural = `${singular}s`): string =>
  `${count(value)} ${value === 1 ? singular : plural}`;

/** "0.04 s", "1.4 s", "12 s", "3 min 05 s" */
export const duration = (seconds: number): string => {
  if (seconds < 0.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
};

/** "812 KB", "1.3 GB": binary units under their everyday names. */
export const size = (bytes: number): string => {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : String(Math.round(value))} ${units[unit] ?? ""}`;
};

/** "a", "a and b", "a, b and c" */
export const listed = (items: readonly string[]): string =>
  items.length < 2
    ? (items[0] ?? "")
    : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;

/** "1 step", "9 steps" */
export const steps = (value: number): string => counted(value, "step");
