// @auronx/adapters/files exports: FileBlobStoreOptions, FileMailerOptions, RootKeyFile, createFileBlobStore, createFileMailer, openRootKeyFile, readRootKeyFile

export declare function createFileBlobStore({ folder }: FileBlobStoreOptions): BlobStore;

export declare function createFileMailer({ folder }: FileMailerOptions): Mailer;

export declare function openRootKeyFile({ file, random, }: RootKeyFile & {
    readonly random: Random;
}): Promise<readonly RootKey[]>;

export declare function readRootKeyFile({ file }: RootKeyFile): Promise<readonly RootKey[]>;

export interface FileBlobStoreOptions {
    /** Folder of all tenants' files; made on first use, readable by this user only. */
    readonly folder: string;
}

export interface FileMailerOptions {
    /** Folder of the mails; made on first use, readable by this user only. */
    readonly folder: string;
}

export interface RootKeyFile {
    /** Readable by this user only; one `version:key` a line. */
    readonly file: string;
}
