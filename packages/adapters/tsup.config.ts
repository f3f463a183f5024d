import { defineConfig } from 'tsup'
import { preset } from '../../scripts/tsup-preset.ts'

export default defineConfig(preset)
