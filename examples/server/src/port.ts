/** The port of `PORT`: a whole number up to 65535, 0 for a free one. Default 3000. Nothing when it is not one. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return 3000
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined
}
