/** Languages of the interface and of our own texts. */
export const locales = ['en', 'es', 'pt', 'ar'] as const

/** One of {@link locales}. */
export type Locale = (typeof locales)[number]
