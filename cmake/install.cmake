# What `make install` puts under the prefix; scripts/uninstall removes the same.
include(GNUInstallDirs)
install(TARGETS idi RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES packaging/idi.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(
  DIRECTORY models/
  DESTINATION ${CMAKE_INSTALL_DATADIR}/idi/models
  OPTIONAL
  FILES_MATCHING
  PATTERN "*.bin"
  PATTERN "*.md")
# The program writes its own completion scripts.
install(
  CODE "
  set(words ${CMAKE_BINARY_DIR}/completions)
  file(MAKE_DIRECTORY \${words})
  foreach(shell IN ITEMS bash zsh fish)
    execute_process(COMMAND $<TARGET_FILE:idi> completion \${shell} OUTPUT_FILE \${words}/\${shell}
                    COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  set(share \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}\")
  file(INSTALL \${words}/bash DESTINATION \"\${share}/bash-completion/completions\" RENAME idi)
  file(INSTALL \${words}/zsh DESTINATION \"\${share}/zsh/site-functions\" RENAME _idi)
  file(INSTALL \${words}/fish DESTINATION \"\${share}/fish/vendor_completions.d\" RENAME idi.fish)
  ")
