# Put the folder that release.sh has made beside this file, as 'release'.
{
  description = "One SSH_AUTH_SOCK on a server that never goes stale";

  inputs.nixpkgs.url = "nixpkgs";

  outputs = { self, nixpkgs }:
    let
      version = "@VERSION@";
      systems = [ "x86_64-linux" "aarch64-linux" ];
      forEach = build: nixpkgs.lib.genAttrs systems (system: build nixpkgs.legacyPackages.${system});
    in
    {
      packages = forEach (pkgs: rec {
        fairlead = pkgs.callPackage ./package.nix { inherit version; release = ./release; };
        default = fairlead;
      });

      homeManagerModules.default = import ./home-manager.nix self;
    };
}
