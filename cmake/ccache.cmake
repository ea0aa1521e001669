# Compiled objects are kept by ccache where it is installed; it is never needed.
if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(IDI_CCACHE ccache)
  if(IDI_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${IDI_CCACHE})
  endif()
endif()
