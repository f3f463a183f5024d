// @auronx/adapters/passkeys exports: PasskeysOptions, createPasskeys

export declare function createPasskeys(options: PasskeysOptions): Passkeys;

export interface PasskeysOptions {
    /** Domain of the site, for example `shop.example`; passkeys are bound to it. */
    readonly rpId: string;
    /** Name of the site as the browser shows it. */
    readonly rpName: string;
    /** Addresses the pages are served from, with scheme and port, for example `https://app.shop.example`. */
    readonly origins: readonly string[];
}
