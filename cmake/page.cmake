# The page and the protocol's files, compiled into a target: idi_embed_page(TARGET).
enable_language(ASM)
option(IDI_BUILD_PAGE "Build the web page into the program (needs Node)" ON)

function(idi_embed_page target)
  set(openapi ${PROJECT_SOURCE_DIR}/protocol/openapi.json)
  set(schema ${PROJECT_SOURCE_DIR}/protocol/idi.schema.json)
  target_sources(${target} PRIVATE src/embedded_protocol.cpp src/protocol.S)
  set_source_files_properties(
    src/protocol.S
    PROPERTIES COMPILE_DEFINITIONS "IDI_OPENAPI=\"${openapi}\";IDI_MESSAGE_SCHEMA=\"${schema}\""
               OBJECT_DEPENDS "${openapi};${schema}")
  if(NOT IDI_BUILD_PAGE)
    target_sources(${target} PRIVATE src/no_page.cpp)
    return()
  endif()
  # The script itself sees whether anything changed: it runs at every build and is quick.
  set(out ${CMAKE_BINARY_DIR}/page)
  add_custom_target(
    page
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/build_page ${PROJECT_SOURCE_DIR}/web ${out}
    BYPRODUCTS ${out}/page.cpp ${out}/page.S
    COMMENT "Page")
  target_sources(${target} PRIVATE ${out}/page.cpp ${out}/page.S)
  set_source_files_properties(${out}/page.cpp ${out}/page.S PROPERTIES GENERATED TRUE)
  add_dependencies(${target} page)
endfunction()
