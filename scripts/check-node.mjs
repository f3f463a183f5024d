const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const supported = (major === 22 && minor >= 18) || (major === 24 && minor >= 11) || major >= 26
if (!supported) {
  console.error(
    `AuronX needs Node ^22.18, ^24.11 or >=26 and found ${process.versions.node}. ` +
      'On Linux x64 and arm64 the install brings Node 24 by itself; elsewhere please install one of these.',
  )
  process.exit(1)
}
