/** Arguments of npx for one mode, knowing whether everything is installed already. */
export function setupArguments(mode: 'all' | 'server', fullInstallPresent: boolean): string[]
