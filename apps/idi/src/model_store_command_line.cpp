#include "model_store_command_line.hpp"

#include <string>

#include "command_list.hpp"
#include "idi/model_store/profile.hpp"
#include "model_commands.hpp"

namespace idi::cli {

void ModelStoreCommands::add_to(CLI::App& app, CommandList& commands, Interrupt& interrupt) {
  CLI::App* model =
      commands.add(app, "model", "Language models: a second engine, if you want one", nullptr);
  model->footer(
      "Without a language model the built-in parser answers alone.\n"
      "Examples:\n"
      "  idi model list\n"
      "  idi model pull qwen2.5-coder-1.5b --use\n"
      "  idi model add my-model.gguf --name mine");
  add_list(*model, commands, interrupt);
  add_pull(*model, commands, interrupt);
  add_add(*model, commands, interrupt);
  add_use(*model, commands, interrupt);
  add_verify(*model, commands, interrupt);
  add_remove(*model, commands, interrupt);
}

void ModelStoreCommands::add_list(CLI::App& model, CommandList& commands, Interrupt& interrupt) {
  CLI::App* command =
      commands.add(model, "list", "Show the models of this machine and those to be pulled",
                   [this, &interrupt] { return run_model_list(list_, interrupt); });
  command->add_flag("--json", list_.json, "Print one JSON object");
}

void ModelStoreCommands::add_pull(CLI::App& model, CommandList& commands, Interrupt& interrupt) {
  CLI::App* command = commands.add(model, "pull", "Download a model; goes on where one broke off",
                                   [this, &interrupt] { return run_model_pull(pull_, interrupt); });
  command->add_option("model", pull_.model, "A name from the list, or the address of a GGUF file")
      ->required();
  command->add_option("--name", pull_.name, "For an address: what to call it here")
      ->type_name("NAME");
  command
      ->add_option("--mirror", pull_.mirror,
                   "Takes the place of https://huggingface.co (or set IDI_MODEL_MIRROR)")
      ->type_name("ADDRESS");
  command->add_flag("--accept-licence", pull_.accept_licence,
                    "Accept a licence that must be accepted, without being asked");
  command->add_flag("--use", pull_.use, "Use it from now on");
  command->footer("Ctrl-C keeps what came.");
}

void ModelStoreCommands::add_add(CLI::App& model, CommandList& commands, Interrupt& interrupt) {
  CLI::App* command = commands.add(model, "add", "Take in a GGUF file that is here, where it lies",
                                   [this, &interrupt] { return run_model_add(add_, interrupt); });
  command->add_option("file", add_.file, "The file of a model, or of a LoRA adapter")->required();
  CLI::Option* name =
      command->add_option("--name", add_.name, "What to call it (default: the file's name)")
          ->type_name("NAME");
  CLI::Option* adapter =
      command->add_option("--adapter-of", add_.adapter_of, "The file is an adapter for this model")
          ->type_name("MODEL")
          ->excludes(name);
  std::string roles;
  for (const auto role : model_store::adapter_roles) {
    roles += (roles.empty() ? "" : ", ") + std::string(role);
  }
  command->add_option("--role", add_.role, "What the adapter is for: " + roles)
      ->type_name("ROLE")
      ->needs(adapter);
}

void ModelStoreCommands::add_use(CLI::App& model, CommandList& commands, Interrupt& interrupt) {
  CLI::App* command = commands.add(model, "use", "Choose the model that answers",
                                   [this, &interrupt] { return run_model_use(use_, interrupt); });
  command->add_option("name", use_.name, "A model of this machine, or none")->required();
  command->add_flag("--anyway", use_.anyway, "Although it seems to need more memory than there is");
}

void ModelStoreCommands::add_verify(CLI::App& model, CommandList& commands, Interrupt& interrupt) {
  CLI::App* command =
      commands.add(model, "verify", "Read a model's file and say whether it is whole",
                   [this, &interrupt] { return run_model_verify(verify_, interrupt); });
  command->add_option("name", verify_.name, "A model of this machine")->required();
}

void ModelStoreCommands::add_remove(CLI::App& model, CommandList& commands, Interrupt& interrupt) {
  CLI::App* command =
      commands.add(model, "remove", "Forget a model; what was downloaded is deleted",
                   [this, &interrupt] { return run_model_remove(remove_, interrupt); });
  command->add_option("name", remove_.name, "A model, or an unfinished download")->required();
  command->add_option("--role", remove_.role, "Only its adapter of this role")->type_name("ROLE");
  command->footer("A file that was added stays where it is.");
}

}  // namespace idi::cli
