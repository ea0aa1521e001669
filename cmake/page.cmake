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

# The page's own tests, and the whole way from the browser to the rows, as ctest entries.
function(idi_add_page_tests program)
  if(NOT IDI_BUILD_TESTS OR NOT IDI_BUILD_PAGE)
    return()
  endif()
  set(web ${PROJECT_SOURCE_DIR}/web)
  foreach(check typecheck lint format:check test)
    string(REPLACE ":" "_" name page_${check})
    add_test(
      NAME ${name}
      COMMAND npm run --silent ${check}
      WORKING_DIRECTORY ${web})
    set_tests_properties(${name} PROPERTIES LABELS page TIMEOUT 300)
  endforeach()
  foreach(name hostile page stop survival)
    add_test(
      NAME e2e_${name}
      COMMAND node --test e2e/${name}.test.mjs
      WORKING_DIRECTORY ${web})
    set_tests_properties(e2e_${name} PROPERTIES ENVIRONMENT "IDI=$<TARGET_FILE:${program}>"
                                                LABELS e2e TIMEOUT 600)
  endforeach()
  # Looks at the machine's load: nothing else beside it.
  set_tests_properties(e2e_stop PROPERTIES RUN_SERIAL TRUE)
endfunction()
