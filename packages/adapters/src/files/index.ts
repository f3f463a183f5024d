export { createFileBlobStore } from './blobs.ts'
export type { FileBlobStoreOptions } from './blobs.ts'
export { openRootKeyFile, readRootKeyFile } from './root-keys.ts'
export type { RootKeyFile } from './root-keys.ts'
