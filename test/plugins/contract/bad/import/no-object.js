export function format() {
  return [];
}
