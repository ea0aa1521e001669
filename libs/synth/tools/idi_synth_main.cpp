#include <CLI/CLI.hpp>
#include <iostream>

#include "idi/synth/command.hpp"

int main(int argc, char** argv) {
  idi::synth::SynthCommandOptions options;
  CLI::App app("Composes synthetic training pairs");
  std::vector<std::string> without;
  app.add_option("--pairs", options.pairs, "Files of real pairs")->required();
  app.add_option("--databases", options.catalog.databases, "Folder of NAME/NAME.sqlite");
  app.add_option("--tables", options.catalog.tables_file, "Spider's tables.json");
  app.add_option("--value-cache", options.catalog.value_cache, "Folder for value indices");
  app.add_option("--without", without, "Databases to leave out")->delimiter(',');
  app.add_option("--count", options.synth.count, "Pairs");
  app.add_option("--seed", options.synth.seed, "Seed");
  app.add_option("--pattern-share", options.synth.pattern_share, "Share of our own patterns");
  bool plain = false;
  app.add_flag("--plain", plain, "Names made from the identifiers, not from tables.json");
  app.add_option("--synonym-share", options.synth.synonym_share, "Share of names reworded");
  app.add_option("--out", options.out, "JSON lines")->required();
  CLI11_PARSE(app, argc, argv);
  options.without.insert(without.begin(), without.end());
  if (plain) options.names = idi::dataset::SchemaNames::plain;
  return idi::synth::run_synth_command(options, std::cout, std::cerr, {});
}
