-- Packages the checkout that this file lies in: includes("reset_guard/packaging/xmake"), add_requires("reset_guard").
package("reset_guard")
    set_kind("library", {headeronly = true})
    set_description("Re-entrant device resets that cannot lose an error")
    set_license("BSL-1.0")
    set_sourcedir(path.join(os.scriptdir(), "..", ".."))
    set_version("0.2.0")

    on_install(function (package)
        os.cp("include/reset_guard", package:installdir("include"))
    end)

    on_test(function (package)
        assert(package:has_cxxtypes("reset_guard::ResetState",
            {configs = {languages = "c++17"}, includes = "reset_guard/reset_guard.hpp"}))
    end)
package_end()
