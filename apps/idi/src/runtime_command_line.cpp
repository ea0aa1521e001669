#include "runtime_command_line.hpp"

#include "command_list.hpp"

namespace idi::cli {

void RuntimeCommandLine::add_to(CLI::App& app, CommandList& commands, Interrupt& interrupt) {
  CLI::App* runtime =
      commands.add(app, "runtime", "llama.cpp's server, which runs language models", nullptr);

  CLI::App* install =
      commands.add(*runtime, "install", "Fetch Debian's llama.cpp into a folder of your own",
                   [this, &interrupt] { return run_runtime_install(install_, interrupt); });
  install->add_flag("--again", install_.again, "Even where it is installed and whole");
  install
      ->add_option("--mirror", install_.mirror,
                   "A mirror or snapshot of Debian's archive (default: the machine's own)")
      ->type_name("URL");
  install->footer(
      "Nothing of the system is changed, and no rights of an administrator are needed.");

  CLI::App* status =
      commands.add(*runtime, "status", "Say which llama-server is used, and whether it is whole",
                   [this, &interrupt] { return run_runtime_status(status_, interrupt); });
  status->add_flag("--json", status_.json, "Print one JSON object");
  status->footer("Exit code 1 if there is none, or if it does not run.");

  commands.add(*runtime, "remove", "Remove what install fetched",
               [] { return run_runtime_remove(); });
}

}  // namespace idi::cli
