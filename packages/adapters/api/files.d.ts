// @auronx/adapters/files exports: FileBlobStoreOptions, createFileBlobStore

export declare function createFileBlobStore({ folder }: FileBlobStoreOptions): BlobStore;

export interface FileBlobStoreOptions {
    /** Folder of all tenants' files; made on first use, readable by this user only. */
    readonly folder: string;
}
