/**
 * The names under which Livepeer's Controller registers contracts, with keccak256 of each, which is all that its log
 * says. `<Name>Target` is the code behind the proxy `<Name>`. Source of the names: livepeer/protocol f225b10 `deploy/` and
 * `contracts/`, livepeer/arbitrum-lpt-bridge 603314d `deploy/`. A test holds every hash against its name.
 */
export const livepeerContractIds = {
  BondingManager: '0x2517d59a36a86548e38734e8ab416f42afff4bca78706a66ad65750dae7f9e37',
  BondingManagerTarget: '0xfc6f6f33d2bb065ac61cbdd4dbe4b7adf6f3e7e6c6a3d1fe297cbf9a187092e4',
  TicketBroker: '0xbd1aa3e8d2464256d7fd3dcf645c16418d5d8c51d971f1ad7d57e7b1b5eee239',
  TicketBrokerTarget: '0xf16f832ef171c8058cbd4a32de7d27c32a1a1ad90bb091b4b7f376f1d95ee254',
  RoundsManager: '0xe8438ea868df48e3fc21f2f087b993c9b1837dc0f6135064161ce7d7a1701fe8',
  RoundsManagerTarget: '0x56f65aba3e3e5b6d5adbc6cdc14c51957893b21d4a6a56260af4e03af7e1a51d',
  ServiceRegistry: '0x79c5d2a4a07754f4bacb0ffba18ac516030ee589ebc89db8627680c4d4cdb230',
  ServiceRegistryTarget: '0xa65c3dc1a85422ba3e6003be871c3339b882a9c28fc454085d394e4b6436d564',
  AIServiceRegistry: '0x708d071449926f2d3af17f15cb9f54ed8b3886a1ef57c3059438aa0ca4d710d0',
  AIServiceRegistryTarget: '0xf27e2cb38ea1af32b644874e3108325b67950f98d72767970324abc0538e0373',
  Minter: '0x6e58ad548d72b425ea94c15f453bf26caddb061d82b2551db7fdd3cefe0e9940',
  BondingVotes: '0x2a1b465fbcae519904f0fb11f93e73dfbeb47ec54530ec444279610af8cf06b2',
  BondingVotesTarget: '0x7de5a5b8ecd5bb031f348e5f6eaba02944a498be282a3242da27f5a559dbd5dc',
  L2Migrator: '0x74b6d21e0d4650f622c903126d418c1a52bcc99ea7acb0db0809fc0eeae6c7c3',
  L2MigratorTarget: '0xf2067c9567f013942aa0abbd1c844dbf9301abbb14dba85f598a220968c88dd9',
  L2LPTDataCache: '0x8ecfba413a4e4715a264d70a55d3a35bf60b2954c56759310202f39281623200',
  LivepeerToken: '0x3443e257065fe41dd0e4d1f5a1b73a22a62e300962b57f30cddf41d0f8273ba7',
  MerkleSnapshot: '0xb6138afe6f306a47bdf645c5aebcb9781efe787d221a1880e62d1f76dae58b84',
  JobsManager: '0x3d7456535a3155a46f15a2313c3915bd07137ffdc56464f4fc9a82bae7215c2d',
  Verifier: '0x121833d5ee4fda5e1a4034c2b7be8155c158142541dea26f39122c796649233f',
  PollCreator: '0x0343f01276c9038f8c7154dcdf7873ad6edd872ce0e719ebd989c051b4b1039b',
  Treasury: '0x6efca2866b731ee4984990bacad4cde10f1ef764fb54a5206bdfd291695b1a9b',
  LivepeerGovernor: '0xaea11c65571dd8b6188d3a5cf5e5d3d4695845e6f217cad0b453b4e276c6cdcd',
  LivepeerGovernorTarget: '0xd4c5f51c55641d608f9aa8c83a618a0b4bafdf778911c37f61b63c6be7a6992e',
} as const;

export type LivepeerContractName = keyof typeof livepeerContractIds;
