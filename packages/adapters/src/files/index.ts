export { createFileBlobStore } from './blobs.ts'
export type { FileBlobStoreOptions } from './blobs.ts'
