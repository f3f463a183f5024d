export { createFileBlobStore } from './blobs.ts'
export type { FileBlobStoreOptions } from './blobs.ts'
export type { FileMailerOptions } from './mailer.ts'
export { createFileMailer } from './mailer.ts'
