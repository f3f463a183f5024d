/** A key of Web Crypto. The type's own name comes with the DOM library, which servers often leave out. */
export type WebKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>
