import { enableCompileCache } from 'node:module'

// Before anything else is loaded: it halves the time that later starts take.
enableCompileCache()
const { run } = await import('./run.ts')
await run(process.env)
